struct task {
  unsigned int __state;
  int pid;
};
struct task task;
