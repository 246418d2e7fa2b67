-- What the maker of a file has to say about it: that a lossy one is a little off the preset.
ALTER TABLE renditions ADD COLUMN remark TEXT NOT NULL DEFAULT '';

-- Whose folder this is, for the sweep of folders that are nobody's.
CREATE INDEX songs_by_objects ON songs (objects) WHERE objects <> '';
CREATE INDEX songs_by_making_objects ON songs (making_objects) WHERE making_objects <> '';
CREATE INDEX renditions_by_objects ON renditions (objects);
