(def k3s-token "GNqD1Yzrtzbji4oHKqTEsR2OVVh0Jf")
(defn token [] (or (System/getenv "K3S_TOKEN") "iknf286GBDtur9t9R3fdquq8oSvl0y"))
(sh "sh" "-c" (str "K3S_TOKEN=" token " sh -"))
(sh "k3s" "agent" "--token" "wWtZvVTODVLoST1t31RENjzITzcBJx")
