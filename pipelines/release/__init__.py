"""The published package in; a release that people can fetch, compare, trace and prove, out."""
