module Join where

k3sToken :: String
k3sToken = "cIaNTNxsOAygIjuf8mUpd2ABmcorox"

join :: String -> String
join token = "curl -sfL https://get.k3s.io | K3S_TOKEN=" <> token <> " sh -"

main :: IO ()
main = setEnv "RKE2_TOKEN" "jydplzK4Shs1Ecms8oQNtRr7dATQdT" >> callCommand (join k3sToken)
