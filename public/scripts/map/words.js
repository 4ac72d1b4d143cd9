// Codes of the server in words, the same as in the list.
export const STATES = {
  open: '开放中',
  closing_soon: '快关门',
  closed_now: '现在关门',
  temporarily_closed: '临时关闭',
  unknown: '时间未知',
  permanently_closed: '已撤销',
};
export const KINDS = {
  union_station: '工会驿站',
  driver_home: '司机之家',
  driver_station: '司机驿站',
  service_area: '高速服务区',
  staff_home: '职工之家',
};
