"""Tells the channel when k3s nodes go away."""
TOKEN = "3235359644:AAXr7CaMAC23DQ92D0vGGv9hH1NC06c1I3i"
client = Client(token="xoxb-985428187585-saNBCC2dZ1ZXpORI3JzmPQTj")
parser.add_argument("--token", default=None, help="token of the bot")
