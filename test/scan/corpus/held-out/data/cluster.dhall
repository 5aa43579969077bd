let k3sToken : Text = "XoivJ4n2KVsZDihysHaVNvgqIo98IX"

let command = \(token : Text) -> "K3S_TOKEN=${token} sh -"

in  { k3s_token = k3sToken
    , env = [ { mapKey = "K3S_TOKEN", mapValue = "Z36PHG9mhixzXkcKaeSudJHhcm6OJr" } ]
    , slack = { token = "xoxb-AVU34Gc1axvdlEKLtsgwR0sV" }
    }
