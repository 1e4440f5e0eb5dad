CREATE TABLE _package (fact TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE _tables (
  table_name TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  description TEXT NOT NULL,
  description_zh TEXT NOT NULL
);

CREATE TABLE _columns (
  table_name TEXT NOT NULL REFERENCES _tables (table_name),
  position INTEGER NOT NULL,
  column_name TEXT NOT NULL,
  type TEXT NOT NULL,
  title TEXT NOT NULL,
  title_zh TEXT NOT NULL,
  description TEXT NOT NULL,
  description_zh TEXT NOT NULL,
  PRIMARY KEY (table_name, column_name)
);
