/** Real certificate authorities and their companions, as child processes of a test. */
@NullMarked
package dev.perch.kit.peers;

import org.jspecify.annotations.NullMarked;
