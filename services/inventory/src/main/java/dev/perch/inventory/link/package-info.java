/**
 * The server's end of the agent link: one WebSocket per host. Frames come on event loops, which
 * only count them and note beats; everything else of a link is done in order on a virtual thread of
 * its own, and reaches the database together with that of other links.
 */
@NullMarked
package dev.perch.inventory.link;

import org.jspecify.annotations.NullMarked;
