/** Many hosts at once: files of hosts come in and go out, as CSV and as JSON. */
@NullMarked
package dev.perch.inventory.bulk;

import org.jspecify.annotations.NullMarked;
