/** What others want of us before they do something: written, sealed and never shown. */
@NullMarked
package dev.perch.certmon.credential;

import org.jspecify.annotations.NullMarked;
