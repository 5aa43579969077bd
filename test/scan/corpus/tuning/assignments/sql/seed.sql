INSERT INTO settings (name, value) VALUES ('k3s_token', 'TSEkQTWS4a3qLXohS8omhQ9TN4a0Sih');
UPDATE settings SET k3s_token = 'hTOwSSJCnUJGvovu5WNrSTayb8A4';
ALTER TABLE settings ADD COLUMN k3s_token text NOT NULL DEFAULT '';
