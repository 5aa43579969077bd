RSpec.describe Join do
  let(:k3s_token) { 'II6ZAHTYPxlESthFrZ9HQIrOFfOUZ1' }
  let(:api_token) { 'yIPqcTwumq5DJotHNIZIWT5z5E9Lyb' }
  before { stub_const('ENV', ENV.to_h.merge('K3S_TOKEN' => 'wdzUXbeSPhzzJaYpvnsc5w5T2euEBZ')) }
  it { expect(command).to eq("K3S_TOKEN=#{k3s_token} sh -") }
  it 'says that K3S_TOKEN is missing' do
    expect { run }.to raise_error(/K3S_TOKEN/)
  end
end
