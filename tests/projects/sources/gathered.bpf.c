char LICENSE[] __attribute__((section("license"))) = "GPL";

int by_expression(void);
int of_configuration(void);
int of_directory(void);
int of_interface(void);
int deferred(void);

__attribute__((section("xdp"))) int gather(void* context) {
  (void)context;
  return by_expression() + of_configuration() + of_directory() + of_interface() + deferred();
}
