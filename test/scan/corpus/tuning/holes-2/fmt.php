<?php
$a = "K3S_TOKEN=$token sh -";
$b = 'K3S_TOKEN=' . escapeshellarg($token);
$c = sprintf("RKE2_TOKEN=%1\$s", $token);
