# Runs a program whose stderr is a pipe that takes nothing more: "full" with a reader that never reads, or "broken".
use POSIX ();
use Fcntl;
my ($manner, @program) = @ARGV;
$^F = 255;
pipe my $reader, my $writer or die;
my $flags = fcntl $writer, F_GETFL, 0;
fcntl $writer, F_SETFL, $flags | O_NONBLOCK;
1 while defined syswrite $writer, 'x' x 4096;
1 while defined syswrite $writer, 'x';
fcntl $writer, F_SETFL, $flags;
close $reader if $manner eq 'broken';
POSIX::dup2(fileno $writer, 2);
close $writer;
exec { $program[0] } @program;
