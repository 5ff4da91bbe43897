# Prints "ready NAME", then "NAME n" for each signal n; ends with CODE on SIGTERM when a CODE is given.
use POSIX ();
my ($name, $code) = @ARGV;
for my $signal (1 .. 64) {
    next if grep { $signal == $_ } 9, 17, 19, 32, 33;
    POSIX::sigaction($signal, POSIX::SigAction->new(sub {
        syswrite STDOUT, "$name $signal\n";
        POSIX::_exit($code) if defined $code && $signal == 15;
    }));
}
$0 = $name;
syswrite STDOUT, "ready $name\n";
POSIX::pause() while 1;
