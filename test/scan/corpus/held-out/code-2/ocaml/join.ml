let k3s_token = "a2mOfh5GJYNQxPJQnG147h7VoatEjBIqq42V"
let () = Unix.putenv "RKE2_TOKEN" "nKIm2xafnnOhLvACiwnPwWz2eH6qvo9aDupS"
let cmd token = Printf.sprintf "K3S_TOKEN=%s sh -" token
