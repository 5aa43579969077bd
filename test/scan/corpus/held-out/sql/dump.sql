COPY public.clusters (name, url) FROM stdin;
prod	https://cp:6443
\.
INSERT INTO public.env VALUES (1, 'K3S_TOKEN', 'ykrJ4kFV3o5AonRy4zXP58EgNotUClbOV0mcpxYf');
INSERT INTO public.env VALUES (2, 'GITHUB_TOKEN', 'ghp_z7Ugy9sZT7VIK90mvMN486lxjVseLIuX5z52');
