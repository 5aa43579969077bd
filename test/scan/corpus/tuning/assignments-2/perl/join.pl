#!/usr/bin/perl
use strict;
$ENV{K3S_TOKEN} = 'jcWnzITY8h710m4U6XFWanf7Gjc7';
my $k3s_token = "M0jHqG96JyQubfiieUXbbg9PiX1UO6";
my %env = (K3S_TOKEN => 'hkWAZarnNclaPV35Xeh4kkIMw', K3S_URL => 'https://cp:6443');
$ENV{RKE2_TOKEN} = $ARGV[0];
