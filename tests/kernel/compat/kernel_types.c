/* Types of made-up kernels, which differ as kernels do: KERNEL is one of the names below. Each is compiled by itself,
 * and its BTF is what programs are resolved against. */
#define old 1
#define new 2
#define twin 3   /* has two types of one name, which differ */
#define same 4   /* has two types of one name, which differ in nothing that counts */
#define narrow 5 /* fields have other sizes and signs */
#define far 6    /* fields lie behind the first 32 KiB */
#define bare 7   /* has next to nothing */

#define IS(kernel) (KERNEL == kernel)

struct part {
  long weight;
#if IS(new)
  int padding[3];
#endif
  int serial;
};

#if !IS(bare)
struct widget {
#if IS(new)
  long moved[4];
#endif
#if IS(far)
  char gap[40000];
#endif
  int id;
#if IS(new)
  unsigned int __state;
#elif IS(narrow)
  char state;
#else
  long state;
#endif
  struct part *owner;
#if IS(narrow)
  unsigned int port;
  short temperature;
  char name[8];
  int list[2];
#else
  unsigned short port;
  int temperature;
  char name[16];
  int list[4];
#endif
#if IS(new)
  unsigned int colour : 5;
  unsigned int before : 20;
  unsigned int shape : 3;
#elif IS(narrow)
  int colour;
  int shape;
#else
  unsigned int shape : 3;
  unsigned int colour : 5;
#endif
  struct {
    int inner;
#if !IS(new)
    struct {
      int innermost;
    };
#endif
  };
#if IS(new)
  struct part *kind_changed;
#else
  int kind_changed;
#endif
  union {
    int either;
    long or_else;
  };
#if !IS(new)
  int went;
#else
  int came;
#endif
  int flexible[];
};
struct widget *of_widget;
#endif

#if IS(twin)
struct widget___twin {
  long gap;
  int id;
  long state;
};
struct widget___twin *of_twin;
#endif
#if IS(same)
struct widget___twin {
  int id;
  long state;
};
struct widget___twin *of_twin;
#endif

#if !IS(bare)
enum colour {
  RED = 1,
#if IS(new)
  GREEN = 5,
  ADDED,
#elif IS(narrow)
  GREEN = 0x7fffffff,
  REMOVED = -1,
#else
  GREEN = 2,
  REMOVED = 7,
#endif
};
enum colour of_colour;
enum wide {
  HUGE_ONE = 0x100000000ULL,
#if !IS(new)
  HUGE_OTHER = 0x200000000ULL,
#endif
};
enum wide of_wide;
#endif

#if IS(old) || IS(twin) || IS(far)
struct only_old {
  int a;
};
struct only_old of_old;
typedef struct only_old old_t;
old_t of_old_t;
#endif
#if IS(new)
union only_old {
  int a;
};
union only_old of_old;
typedef int (*callback_t)(struct widget *, int);
callback_t of_callback;
#else
typedef int (*callback_t)(int);
callback_t of_callback;
#endif
struct part of_part;
