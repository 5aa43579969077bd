INSERT INTO settings (name, value) VALUES ('k3s_token', 'PQ764JK5OmA53uEjkltgDy2fbvku7N');
INSERT INTO settings (name, value) VALUES ('slack_token', 'xoxb-MMsdI2xIlWNJYEflXUfIJv5q');
UPDATE clusters SET k3s_token = 'yiL9JPSz8ZicXkWdHmSVB0XgcO9tkj' WHERE name = 'prod';
UPDATE clusters SET k3s_token = $1 WHERE name = $2;
CREATE TABLE clusters (name text, k3s_token text NOT NULL);
SELECT k3s_token FROM clusters WHERE name = 'prod';
