/// The wire protocol between a host's agent and inventory: version 1.
///
/// **Transport.** One WebSocket (RFC 6455) per host, opened by the agent to [LinkProtocol#PATH]
// over
/// TLS 1.3. The agent trusts no public authority: the server's chain must hold a certificate whose
/// public key is pinned ([Pins]). A text frame is one message as JSON; a binary frame is one
// message
/// as gzipped JSON, which a sender uses for every message above [LinkProtocol#PLAIN_MAX] bytes.
/// [LinkCodec] does both.
///
/// **Opening.** The server speaks first, the agent proves who it is, and only then is anything else
/// said:
///
/// ```
///   server                                   agent
///   challenge(nonce, server, oldest, newest) →
///            ← hello(protocol, host, instance, proof, digests, documents)
///   welcome(session, beat, …)                →
///            ← beat, facts, digests, observed …
///   desired, resync, ack, moved              →
/// ```
///
/// Whatever is wrong before `welcome` closes the connection with one code, [LinkClose#REFUSED],
// which
/// does not say whether host, key or signature was the reason. A nonce is good for one connection
// and
/// for [LinkProtocol#HELLO_WITHIN].
///
/// **Reports** (`facts`, `observed`) are numbered by the agent, from 1 in each session. The server
/// takes them in order and acknowledges with `ack.upTo` what it has committed. What is not
// acknowledged when
/// a connection ends is sent again, with new numbers, in the next; of a facet or an aspect only the
/// newest. At most [LinkProtocol#OPEN_REPORTS] may be open. Beats are neither numbered nor
// acknowledged.
///
/// **Silence.** The server sends a WebSocket ping every `welcome.pingEveryMillis`; an agent that
// hears
/// nothing for three times as long connects again. Every reconnection waits a random time below a
// limit
/// that doubles from 0.5 s to 15 s and starts anew after a welcome; after `moved` it is below
/// `moved.withinMillis`.
@NullMarked
package dev.perch.contract.link;

import org.jspecify.annotations.NullMarked;
