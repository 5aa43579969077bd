<?php
$k3s_token = 'DqCSFjdRnZEEb9nAKJc6nlRY1Y';
define('K3S_TOKEN', "wYperEqSMVXKAGZoHiL0IHx7mKIGGB6x");
$config['k3s']['token'] = 'OMEoDQY1NbniXcd5Pcrg4v1SyVYjU';
putenv('K3S_AGENT_TOKEN=bMoNCoMSA4gu3Oeo59mUY');
putenv("RKE2_TOKEN={$token}");
