/* programs/delivery/ack-deliv.ded for SPIN: every node that has the payload sends it to each neighbour until that
   neighbour has acknowledged it. The same rounds, faults and specification; N nodes that all know one another.

   The choices are made as favourable to a search state by state as the protocol allows: a loss is chosen only where
   something is sent, a crash only as long as the budget lasts, everything else is one deterministic step, and no state
   remembers which faults led to it. */

#ifndef N
#define N 3
#endif
#ifndef EOT
#define EOT 8
#endif
#ifndef EFF
#define EFF 6
#endif
#ifndef CRASHES
#define CRASHES 1
#endif

typedef Row { bool to[N] };

bool has[N];       /* log: the node has the payload */
bool crashed[N];   /* it sends nothing any more */
Row acked[N];      /* acked[i].to[j]: i knows that j has it */
Row heard[N];      /* heard[i].to[j]: i receives a copy from j in this round */
Row copies[N];     /* copies[i].to[j]: i sends j a copy that arrives */
Row answers[N];    /* answers[i].to[j]: i sends j an acknowledgement that arrives */
byte crashes, i, j;
byte now = 1;
bool broken;

active proctype rounds() {
  has[0] = true;
  do
  :: now == EOT -> break
  :: now < EOT ->
    i = 0;
    do
    :: i == N -> break
    :: i < N ->
      if
      :: !crashed[i] && crashes < CRASHES -> crashed[i] = true; crashes++
      :: true
      fi;
      i++
    od;
    i = 0; j = 0;
    do
    :: i == N -> break
    :: i < N ->
      if
      :: i != j && !crashed[i] && (heard[i].to[j] || (has[i] && !acked[i].to[j])) ->
        d_step { copies[i].to[j] = has[i] && !acked[i].to[j]; answers[i].to[j] = heard[i].to[j] }
      :: i != j && !crashed[i] && now < EFF && (heard[i].to[j] || (has[i] && !acked[i].to[j])) -> skip
      :: else -> skip
      fi;
      d_step { j++; if :: j == N -> j = 0; i++ :: else fi }
    od;
    skip;  /* no jump may lead into a d_step */
    d_step {
      i = 0;
      do
      :: i == N -> break
      :: i < N ->
        j = 0;
        do
        :: j == N -> break
        :: j < N ->
          heard[i].to[j] = copies[j].to[i];
          if :: copies[j].to[i] -> has[i] = true :: else fi;
          if :: answers[j].to[i] -> acked[i].to[j] = true :: else fi;
          copies[j].to[i] = false;
          answers[j].to[i] = false;
          j++
        od;
        i++
      od;
      i = 0; j = 0;
      now++
    }
  od;
  skip;
  d_step {
    i = 1;
    do
    :: i == N -> break
    :: i < N ->
      j = 0;
      do
      :: j == N -> break
      :: j < N -> broken = broken || (has[i] && !crashed[i] && !has[j]); j++
      od;
      i++
    od
  }
  assert(!broken)
}
