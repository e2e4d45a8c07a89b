/* Attaching to a cgroup. */
#ifndef CGROUP_H
#define CGROUP_H

#include <bpf/libbpf.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Attaches a program to a cgroup, named by its directory, for the processes in it and below it. Returns 0, with the link
 * in `link`, or a negative errno. Ends the program when there is no such directory. */
static inline int attach_to_cgroup(const struct bpf_program* program, const char* cgroup, struct bpf_link** link) {
  const int directory = open(cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) err(1, "cgroup '%s'", cgroup);
  *link = bpf_program__attach_cgroup(program, directory);
  const int error = errno;
  close(directory);
  return *link ? 0 : -error;
}

#endif
