/**
 * The wire protocol between a host's agent and inventory: version 1.
 *
 * <p><b>Transport.</b> One WebSocket (RFC 6455) per host, opened by the agent to {@link
 * LinkProtocol#PATH} over TLS 1.3. The agent trusts no public authority: the server's chain must
 * hold a certificate whose public key is pinned ({@link Pins}). A text frame is one message as
 * JSON; a binary frame is one message as gzipped JSON, which a sender uses for every message above
 * {@link LinkProtocol#PLAIN_MAX} bytes. {@link LinkCodec} does both.
 *
 * <p><b>Opening.</b> The server speaks first, the agent proves who it is, and only then is anything
 * else said:
 *
 * <pre>{@code
 * server                                   agent
 * challenge(nonce, server, oldest, newest) →
 *          ← hello(protocol, host, instance, proof, digests, documents)
 * welcome(session, beat, …)                →
 *          ← beat, facts, digests, observed …
 * desired, resync, ack, moved              →
 * }</pre>
 *
 * <p>Whatever is wrong before {@code welcome} closes the connection with one code, {@link
 * LinkClose#REFUSED}, which does not say whether host, key or signature was the reason. A nonce is
 * good for one connection, and for as long as the server waits for {@code hello} (10 s unless it is
 * set up otherwise).
 *
 * <p><b>Reports</b> ({@code facts}, {@code observed}) are numbered by the agent, from 1 in each
 * session. The server takes them in order and acknowledges with {@code ack.upTo} what it has
 * committed. What is not acknowledged when a connection ends is sent again, with new numbers, in
 * the next; of a facet or an aspect only the newest. At most {@link LinkProtocol#OPEN_REPORTS} may
 * be open. Beats are neither numbered nor acknowledged.
 *
 * <p><b>Silence.</b> The server sends a WebSocket ping every {@code welcome.pingEveryMillis}; an
 * agent that hears nothing for three times as long connects again. Every reconnection waits a
 * random time below a limit that doubles from 0.5 s to 15 s and starts anew after a welcome; after
 * {@code moved} it is below {@code moved.withinMillis}.
 */
@NullMarked
package dev.perch.contract.link;

import org.jspecify.annotations.NullMarked;
