"""Makes a release of the published package that people can fetch, compare, trace and prove."""
