{ "K3S_TOKEN" => token, :rke2_token => t, 'k3s_token' => ENV['T'] }
{ "K3S_TOKEN" => "a3uBjC876IJ0QKUX3jtDqe2Jiav", :rke2_token => 'MHYcJJOtK4hWFw0Jsh1vMf' }
case x when :k3s_token then y end
