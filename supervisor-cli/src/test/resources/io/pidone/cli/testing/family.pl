# A leader and its descendants: "member" of its process group, "group" and "session" in their own, and "orphan" whose
# parent has ended. Each prints "ready NAME", then "NAME n" for each signal n.
use POSIX ();
sub listen_as {
    my ($name) = @_;
    for my $signal (1 .. 64) {
        next if grep { $signal == $_ } 9, 17, 19, 32, 33;
        POSIX::sigaction($signal, POSIX::SigAction->new(sub { syswrite STDOUT, "$name $signal\n" }));
    }
    $0 = $name;
    syswrite STDOUT, "ready $name\n";
    POSIX::pause() while 1;
}
listen_as('member') unless fork;
unless (fork) { POSIX::setpgid(0, 0); listen_as('group') }
unless (fork) { POSIX::setsid(); listen_as('session') }
my $middle = fork;
unless ($middle) {
    # Asked before the fork: the orphan may come to run only when its parent has ended.
    my $parent = POSIX::getpid();
    unless (fork) {
        POSIX::setsid();
        select undef, undef, undef, 0.01 while POSIX::getppid() == $parent;
        listen_as('orphan');
    }
    select undef, undef, undef, 0.05;
    POSIX::_exit(0);
}
waitpid $middle, 0;
listen_as('leader');
