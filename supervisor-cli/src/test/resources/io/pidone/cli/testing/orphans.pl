# Makes COUNT orphans, BURST of them at a time: a middle process forks them and ends, then all of them end at once.
use POSIX ();
my ($count, $burst) = @ARGV;
for (my $made = 0; $made < $count; $made += $burst) {
    pipe my $hold, my $release or die;
    my $middle = fork // die "fork: $!";
    unless ($middle) {
        close $release;
        for (1 .. $burst) {
            my $orphan = fork // die "fork: $!";
            unless ($orphan) { sysread $hold, my $nothing, 1; POSIX::_exit(3) }
        }
        POSIX::_exit(5);
    }
    close $hold;
    waitpid $middle, 0;
    $? >> 8 == 5 or die "the middle process ended with $?, a status that is not its own";
    close $release;
}
my $zombies;
for (1 .. 500) {
    $zombies = 0;
    my $others = 0;
    for my $stat (glob '/proc/[0-9]*/stat') {
        open my $file, '<', $stat or next;
        my $line = <$file> // next;
        $zombies++ if $line =~ /\) Z /;
        $others++;
    }
    last if $zombies == 0 && $others <= 2;
    select undef, undef, undef, 0.02;
}
print "zombies $zombies\n";
exit 42;
