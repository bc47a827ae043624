/** What a TLS server on this host shows to whoever comes. */
@NullMarked
package dev.perch.agent.tls;

import org.jspecify.annotations.NullMarked;
