/** What every test stands on. */
@NullMarked
package dev.perch.kit.testkit;

import org.jspecify.annotations.NullMarked;
