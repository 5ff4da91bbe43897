# Leaves a process "left" in its own session and exits with CODE. MANNER: "polite" prints and ends on SIGTERM, "stubborn"
# prints it and stays.
use POSIX ();
my ($manner, $code) = @ARGV;
pipe my $ready, my $tell or die;
unless (fork) {
    POSIX::setsid();
    $0 = 'left';
    POSIX::sigaction(15, POSIX::SigAction->new(sub {
        syswrite STDOUT, "left 15\n";
        POSIX::_exit(0) if $manner eq 'polite';
    }));
    syswrite STDOUT, "ready left\n";
    close $ready;
    close $tell;
    POSIX::pause() while 1;
}
close $tell;
sysread $ready, my $nothing, 1;
exit $code;
