module Lab
  TOKEN = ENV.fetch("K3S_TOKEN", "ZcdjqQQ2DpsrEcEFW6xCFGoz7")
  RKE2 = ENV["RKE2_TOKEN"] || "lkSJzZ2ylFahQffHkrYLHTJwvF2zM"
  STRICT = ENV.fetch("K3S_TOKEN")
end
