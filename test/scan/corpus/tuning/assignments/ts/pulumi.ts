const k3sToken = pulumi.secret('MLrc0KqtYL6PHqGHt4NUr7')
new k3s.Cluster('lab', { token: 'JaP6vPqD0pnF7YLYJgjni01fU' })
new gitlab.Runner('lab', { token: 'glrt-ZNTvQaQfI3a7xx0fZJn4' })
