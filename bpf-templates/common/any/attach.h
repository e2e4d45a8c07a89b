/* What is particular to this program in user space. */
#ifndef ATTACH_H
#define ATTACH_H

#include "@ID@.skel.h"

/* Hands options to the program, which is open but not loaded. */
void configure(struct @ID@_bpf* skeleton);

/* Attaches the program, which is loaded; it is detached when the skeleton is destroyed. Returns 0, 1 when it has done its
 * work already, or a negative errno. */
int attach(struct @ID@_bpf* skeleton);

#endif
