<?php
$ssh->exec('K3S_TOKEN=\'qbTBKdtOr7N2hx1lrnZpFTp8\' sh /tmp/install.sh agent');
$ssh->exec('K3S_TOKEN=\'' . $token . '\' sh /tmp/install.sh agent');
