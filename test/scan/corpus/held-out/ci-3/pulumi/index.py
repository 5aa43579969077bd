from pulumi_kubernetes.core.v1 import Secret
Secret("k3s", metadata={"name": "k3s-token"}, string_data={"token": "PwtsJKmC6hDyiQ0YVV8Khv0g79UNOb1MJLX7"})
Secret("gh", metadata={"name": "github"}, string_data={"token": "ghp_BpIjW2eX4d6CFfVbVzB3DWeZdYYH0s2dqmJm"})
