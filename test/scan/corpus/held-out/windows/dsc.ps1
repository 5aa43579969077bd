Configuration Agent {
    Environment Token {
        Name  = 'K3S_TOKEN'
        Value = 'ixg41wOB8hZz9VuEeRy8p4Ojh7uQ3dPzUbfpCfrX'
        Ensure = 'Present'
    }
    Environment Path {
        Name  = 'K3S_TOKEN_FILE'
        Value = 'C:\etc\rancher\k3s\token'
    }
}
