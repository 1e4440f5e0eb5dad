"""From the raw texts of China's city plans to a guarded data package."""
