struct task {
  long state;
  int pid;
};
struct task task;
