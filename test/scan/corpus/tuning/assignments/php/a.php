$_ENV['K3S_TOKEN'] = 'RK577QFu2IwYVJf7rTcOu29H0';
const K3S_TOKEN = 'hVfaYv9q8m3Qovwo5ZF98ZCh1xCkR00';
$this->k3sToken = "GrPVSexFTAPSV2tjgVka0OQTiV";
return ['k3s_token' => 'XJmGmBO9Cm7VIvDhlroIQnh68PtBb', 'url' => 'x'];
$k3s_token = $argv[1];
