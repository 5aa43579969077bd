$token = if ($env:K3S_TOKEN) { $env:K3S_TOKEN } else { 'HRbnEHl5wibsmOonoH5XqKoB' }
$t2 = $env:K3S_TOKEN ?? 'WE5GH4M8fX8XNviEx2dCvbWwBzPx'
if (-not $env:K3S_TOKEN) { throw 'K3S_TOKEN is not set' }
