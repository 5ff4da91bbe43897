# Leaves a process "left" in its own process group and exits with CODE; that one prints "left n" for each signal n.
use POSIX ();
my ($code) = @ARGV;
pipe my $ready, my $tell or die;
unless (fork) {
    $0 = 'left';
    for my $signal (12, 15) {
        POSIX::sigaction($signal, POSIX::SigAction->new(sub { syswrite STDOUT, "left $signal\n" }));
    }
    syswrite STDOUT, "ready left\n";
    close $ready;
    close $tell;
    POSIX::pause() while 1;
}
close $tell;
sysread $ready, my $nothing, 1;
exit $code;
