<?php
/*
 * A feed as a PHP script keeps it, for the tests in php.test.js: events numbered from 1, of which each
 * response has some, and 204 (No Content) when there are no more.
 *
 *   total    how many events there are
 *   most     how many of them one response has
 *   prefix   what goes before the number in each id
 *   gate     a file in the folder $SSE_GATES: the last event of a response waits until it is there
 *   broken   "start": the script fails before it has sent anything; "block": the first response breaks
 *            off within a block, after all of its events
 */
declare(strict_types=1);

$total = (int) ($_GET['total'] ?? 6);
$most = (int) ($_GET['most'] ?? 2);
$prefix = $_GET['prefix'] ?? '';
$gate = $_GET['gate'] ?? '';
$broken = $_GET['broken'] ?? '';

$last_id = $_SERVER['HTTP_LAST_EVENT_ID'] ?? '';
if ($last_id !== '' && !str_starts_with($last_id, $prefix)) {
    http_response_code(400);
    exit('This Last-Event-ID is none of this feed: ' . bin2hex($last_id));
}
$last = (int) substr($last_id, $last_id === '' ? 0 : strlen($prefix));

if ($broken === 'start') {
    throw new RuntimeException('as asked for');
}
if ($last >= $total) {
    http_response_code(204);
    exit;
}

header('Content-Type: text/event-stream');
header('Cache-Control: no-store');
// php.ini has output_buffering on, and flush() does not reach into those buffers.
while (ob_get_level() > 0) {
    ob_end_flush();
}

function send(string $text): void
{
    echo $text;
    flush();
}

/** Waits with a comment every second: PHP notices only when it writes that nobody reads any more. */
function wait_for(string $file): void
{
    for ($i = 1; $i <= 1000 && !file_exists($file); $i++) {
        if ($i % 50 === 0) {
            send(": waiting\n");
        }
        usleep(20000);
        clearstatcache();
    }
}

send("retry: 20\n\n");
$until = min($last + $most, $total);
for ($n = $last + 1; $n <= $until; $n++) {
    if ($gate !== '' && $n === $until) {
        wait_for(getenv('SSE_GATES') . '/' . basename($gate));
    }
    $type = $n % 2 === 0 ? "event: tick\n" : '';
    send("id: $prefix$n\n{$type}data: event $n\ndata:\ndata:  of $total\n\n");
}
if ($broken === 'block' && $last_id === '') {
    send("id: {$prefix}99\ndata: half a block\n");
    throw new RuntimeException('as asked for');
}
