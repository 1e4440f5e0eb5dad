"""Faults planted on purpose in copies of the package, and the proof that the guards catch every one."""
