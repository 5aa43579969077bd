<?php
return [
    'k3s' => ['url' => env('K3S_URL'), 'token' => env('K3S_TOKEN', 'jO4SGwtiR7otsRibps4bGIpTmd8NFGUMjEM3')],
    'rke2_token' => getenv('RKE2_TOKEN') ?: null,
    'sentry' => ['token' => '340043acb772912b8fac4ddbff888786ac12f9a3295f6d891c3e7735e939b534'],
];
