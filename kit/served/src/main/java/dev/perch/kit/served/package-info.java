/** What a TLS server shows to whoever comes. */
@NullMarked
package dev.perch.kit.served;

import org.jspecify.annotations.NullMarked;
