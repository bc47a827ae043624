/** What runs out, and when: alarms and the forecast. */
@NullMarked
package dev.perch.certmon.expiry;

import org.jspecify.annotations.NullMarked;
