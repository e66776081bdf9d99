# SPDX-License-Identifier: GPL-3.0-or-later
# Thirty exports by GNU parallel on two hosts, one of them killed on the way, all verified at the end.
# The hosts are network namespaces with an SSH server each; a third is where parallel runs. Nothing
# of it is seen from outside. Needs root.
. "$(dirname "$0")/harness.sh"
[ "$(id -u)" = 0 ] || { echo "FAIL network namespaces need root"; exit 1; }
mine=loosen-$$
servers=

clean()
{
    for pid in $servers; do kill "$pid" 2>/dev/null; done
    for host in c a b; do ip netns del "$mine-$host" 2>/dev/null; done
    rm -rf "$WORK"
}
trap clean EXIT

# One way in to every host: a key of this test's own, and a root whose home is in WORK.
mkdir -p bin out home/.ssh
ln -s "$LOOSEN" bin/loosen
chmod 700 home home/.ssh
ssh-keygen -q -t ed25519 -N '' -f key
cp key.pub home/.ssh/authorized_keys
sed "s|^root:\(.*\):[^:]*:[^:]*$|root:\1:$WORK/home:/bin/sh|" /etc/passwd >passwd

ip netns add "$mine-c" && ip -n "$mine-c" link set lo up
network=0
for host in a b; do
    network=$((network + 1))
    ip netns add "$mine-$host" && ip -n "$mine-$host" link set lo up
    ip -n "$mine-c" link add "to-$host" type veth peer name uplink netns "$mine-$host"
    ip -n "$mine-c" addr add "10.9.$network.1/30" dev "to-$host"
    ip -n "$mine-$host" addr add "10.9.$network.2/30" dev uplink
    ip -n "$mine-c" link set "to-$host" up
    ip -n "$mine-$host" link set uplink up
    dropbearkey -t ed25519 -f "host-$host" 2>/dev/null | grep '^ssh-' | sed "s/^/10.9.$network.2 /" >>known
    ip netns exec "$mine-$host" sh -c "
        mount --bind '$WORK/passwd' /etc/passwd &&
        exec dropbear -E -F -m -s -r '$WORK/host-$host' -p 10.9.$network.2:22 -P '$WORK/pid-$host'" \
        2>"server-$host.log" &
    servers="$servers $!"
done
cat >ssh.conf <<CONF
Host 10.9.*
    User root
    IdentityFile $WORK/key
    IdentitiesOnly yes
    UserKnownHostsFile $WORK/known
    StrictHostKeyChecking yes
    LogLevel ERROR
CONF
cat >ssh.sh <<'SH'
#!/bin/sh
exec ssh -F "$(dirname "$0")/ssh.conf" "$@"
SH
chmod +x ssh.sh
on_cluster()
{
    HOME="$WORK/home" PARALLEL_HOME="$WORK/home" ip netns exec "$mine-c" "$@"
}
for network in 1 2; do
    for _ in $(seq 100); do
        on_cluster ./ssh.sh "10.9.$network.2" true 2>ssh.err && break
        sleep 0.1
    done
    is "host $network answers, and has loosen: $(cat ssh.err)" \
        test "$(on_cluster ./ssh.sh "10.9.$network.2" "$WORK/bin/loosen" --version)" = "$("$LOOSEN" --version)"
done

# Three sessions in ten lengths each.
lengths=2,2:05,2:10,2:15,2:20,2:25,2:30,2:35,2:40,2:45
expect 0 '' export slow-tide desk-reset --lang en,de -t $lengths --skip-impossible --no-scene \
    -o "$WORK/out/{session}-{lang}-{length}.wav" --jobs-list
cp out.txt jobs
is 'thirty jobs' test "$(wc -l <jobs)" = 30

: >home/will-cite
run()
{
    PATH="$WORK/bin:$PATH" on_cluster parallel --env PATH --ssh "$WORK/ssh.sh" -S 1/10.9.1.2,1/10.9.2.2 --joblog "$WORK/log" "$@" <jobs
}
run >first.txt 2>&1 &
runner=$!
killed=
for _ in $(seq 600); do
    for pid in $(ip netns pids "$mine-b"); do
        # In the middle: a file without a name is open.
        if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -q '^loosen export ' &&
            ls -l "/proc/$pid/fd" 2>/dev/null | grep -q "$WORK/out.*deleted"; then
            killed=$(tr '\0' '\n' <"/proc/$pid/cmdline" | sed -n 's/^--output=//p')
            kill -KILL "$pid" && break 2
        fi
    done
    sleep 0.02
done
wait $runner
is "one job failed: $(tail -n 3 first.txt)" test $? = 1
is 'the killed one' test -n "$killed" -a ! -e "$killed"
is 'the others are there, and nothing half' test "$(ls -A out | wc -l)" = 58

# parallel itself knows what failed; run again, it does only that.
run --resume-failed >second.txt 2>&1
is "the second run does the rest: $(cat second.txt)" test $? = 0
is 'one job was run again' test "$(tail -n +2 log | wc -l)" = 31
is 'both hosts worked' test "$(tail -n +2 log | cut -f2 | sort -u | wc -l)" = 2
is 'thirty files' test "$(ls out/*.wav | wc -l)" = 30
python3 - out/*.manifest >sums <<'PYTHON'
import json, sys
for path in sys.argv[1:]:
    for file in json.load(open(path))["files"]:
        print(file["sha256"] + "  out/" + file["name"])
PYTHON
is 'sha256sum finds all thirty as their manifests say' sh -c 'test "$(sha256sum -c sums 2>/dev/null | grep -c ": OK$")" = 30'
expect 0 'come out the same' verify "$killed"

# Without a log, too: every command knows by itself what is done.
before=$(stat -c '%i %Z' out/*)
rm log
run >third.txt 2>&1
is "a third run has nothing to do: $(grep -c 'there already' third.txt)" test "$(grep -c 'there already' third.txt)" = 30
is 'and changes nothing' test "$before" = "$(stat -c '%i %Z' out/*)"
expect 0 '30 files: 0 made, 30 there already' export slow-tide desk-reset --lang en,de -t $lengths \
    --skip-impossible --no-scene -o "$WORK/out/{session}-{lang}-{length}.wav" -j 2

finish
