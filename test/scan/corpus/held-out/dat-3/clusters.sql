CREATE TABLE cluster (id int, name text, k3s_token varchar(64));
INSERT INTO cluster (id, name, k3s_token) VALUES (1, 'edge', 'pv0fjp6Aifq78BSujmteyx3wOlVBgL3wjS3Y');
INSERT INTO cluster (id, name, api_token) VALUES (1, 'edge', '3d915b34104bd308342d8be7e3f1d7058d78602d');
