"""What people look at: the report and the site, made from one package."""
