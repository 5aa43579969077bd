sed -i "s|K3S_TOKEN=.*|K3S_TOKEN=${t}|" f
grep K3S_TOKEN= f | cut -d= -f2
printf "K3S_TOKEN=%q\n" "$t"
awk '{print "K3S_TOKEN=" $1}' f
echo 'K3S_TOKEN='"$t"
envsubst '$K3S_TOKEN' < x > y
