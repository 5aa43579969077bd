<?php

return [
    'k3s' => [
        'url' => env('K3S_URL', 'https://cp:6443'),
        'token' => env('K3S_TOKEN', 'hpLCQxrXfDdVCEMTFzUO4p4zqdv7J8'),
        'agent' => env('K3S_AGENT_TOKEN'),
    ],
];
