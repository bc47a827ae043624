/**
 * What a network, its time-triggered streams and a plan for them are. Times are {@code long}
 * nanoseconds, sizes are bytes, rates are Mbit/s. Names follow IEEE 802.1Q: talker, listener,
 * interval, gate control list, base time.
 *
 * <h2>When frames move</h2>
 *
 * A frame of {@code f} bytes (MAC header to FCS) occupies a link for {@code max(f, 64) + 20} bytes:
 * preamble 7, delimiter 1, gap 12. The next node may send it when {@code max(f, 64) + 8} bytes have
 * arrived (store and forward), or the link's {@code cutThroughBytes} have, and the node has
 * processed it: see {@link dev.perch.tsn.plan.model.Link}. The latency of a stream counts from the
 * start of transmission at the talker to the end of reception (gap not included) at the listener.
 *
 * <h2>What a valid plan is</h2>
 *
 * The start of a transmission is a time of the sending node's clock, which differs from TAI by at
 * most the node's {@code clockError}; here <i>e(n)</i>. A plan repeats each transmission every
 * interval of its stream.
 *
 * <ol>
 *   <li><b>Reservation.</b> A transmission reserves its port from its start for the time on the
 *       wire plus 2·<i>e(sender)</i>. Reservations of one port never overlap.
 *   <li><b>Order along the path.</b> start at the next port ≥ start + forwarding delay + <i>e(this
 *       node)</i> + <i>e(next node)</i>. So with clock errors a frame waits for its gate, the gate
 *       times it anew, and errors do not add up along the path.
 *   <li><b>First in, first out.</b> Seen from the next node's clock, a frame arrives within start +
 *       forwarding delay ± (<i>e(this)</i> + <i>e(next)</i>). Of two frames that one queue of one
 *       port sends, the one that leaves first arrives first: its latest arrival is before the
 *       earliest arrival of the other one, or equal where it arrives exactly; frames that come in
 *       by the same link keep their order there.
 *   <li><b>Latency.</b> last start + reception − first start + <i>e(talker)</i> + <i>e(last
 *       sender)</i> ≤ the stream's bound, for each listener. <b>Jitter</b> (how much the planned
 *       latencies of the frames of a burst differ) plus 2·(<i>e(talker)</i> + <i>e(last
 *       sender)</i>) is within its bound too.
 *   <li><b>Gates.</b> In each port's gate list the gate of the frame's queue is open from its start
 *       for its time on the wire; no gate of lower queues lets a frame of other traffic begin that
 *       would still be sent at that start; and the gate does not let the frame, or another one that
 *       waits in a time-triggered queue, go early.
 * </ol>
 */
@NullMarked
package dev.perch.tsn.plan.model;

import org.jspecify.annotations.NullMarked;
